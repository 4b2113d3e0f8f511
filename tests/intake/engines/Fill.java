// Fills in a form as a person does, with the engine that runs inside ODK Collect and KoboCollect, and writes the record.
// java -cp ODK_Validate.jar:. Fill FORM.xml FOLDER-OF-FILES ANSWERS OUT.xml [FORM.xml … OUT.xml]…; ANSWERS: lines of
// `question=answer`, or `question[2]=answer` for the second time that a group is asked.
// Every answer must be offered and allowed where the form asks for it; whatever is not fails, by name.

import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.reference.PrefixedRootFactory;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public class Fill {
    static Map<String, String> answers = new HashMap<>();

    public static void main(String[] words) throws Exception {
        new JavaRosaCoreModule().registerModule();
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        ReferenceManager.instance().addReferenceFactory(new Beside(words[1]));
        for (int at = 0; at < words.length; at += 4) {
            try {
                fill(words[at], words[at + 2], words[at + 3]);
            } catch (IllegalStateException refused) {
                System.err.println(refused);
            }
        }
    }

    static void fill(String path, String told, String out) throws Exception {
        answers.clear();
        for (String line : Files.readAllLines(Path.of(told))) {
            answers.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        FormDef form = opened(path);
        FormEntryModel model = new FormEntryModel(form);
        FormEntryController controller = new FormEntryController(model);
        int event;
        while ((event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM) {
            if (event == FormEntryController.EVENT_QUESTION) {
                answer(controller, model.getQuestionPrompt());
            }
        }
        if (!answers.isEmpty()) {
            throw new IllegalStateException("never asked: " + answers.keySet());
        }
        controller.finalizeFormEntry();
        Files.write(Path.of(out), new XFormSerializingVisitor().serializeInstance(form.getInstance()));
    }

    static FormDef opened(String path) throws Exception {
        FormDef form;
        try (InputStream file = new FileInputStream(path)) {
            form = XFormUtils.getFormFromInputStream(file);
        }
        form.initialize(true, new InstanceInitializationFactory());
        return form;
    }

    static void answer(FormEntryController controller, FormEntryPrompt prompt) {
        String name = prompt.getIndex().getReference().getNameLast();
        int time = 0;
        for (int level = 0; level < prompt.getIndex().getReference().size(); level++) {
            time = Math.max(time, prompt.getIndex().getReference().getMultiplicity(level));
        }
        String said = answers.remove(time == 0 ? name : name + "[" + (time + 1) + "]");
        if (prompt.isReadOnly()) {
            return;
        }
        IAnswerData data = said == null ? prompt.getAnswerValue() : understood(prompt, name, said);
        int done = controller.answerQuestion(data, true);
        if (done != FormEntryController.ANSWER_OK) {
            throw new IllegalStateException(name + ": " + (done == 1 ? "required" : "constraint"));
        }
    }

    static IAnswerData understood(FormEntryPrompt prompt, String name, String said) {
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE:
                return new SelectOneData(offered(prompt, name, said));
            case Constants.CONTROL_SELECT_MULTI:
                List<Selection> chosen = new ArrayList<>();
                for (String code : said.split(" ")) {
                    chosen.add(offered(prompt, name, code));
                }
                return new MultipleItemsData(chosen);
            default:
                switch (prompt.getDataType()) {
                    case Constants.DATATYPE_INTEGER:
                        return new IntegerData(Integer.parseInt(said));
                    case Constants.DATATYPE_DATE:
                        return new DateData(DateUtils.parseDate(said));
                    default:
                        return new StringData(said);
                }
        }
    }

    static Selection offered(FormEntryPrompt prompt, String name, String code) {
        for (SelectChoice choice : prompt.getSelectChoices()) {
            if (choice.getValue().equals(code)) {
                return choice.selection();
            }
        }
        throw new IllegalStateException(name + ": " + code + " is not offered");
    }

    /** The files that the server gave with the form, as the phone keeps them beside it. */
    static class Beside extends PrefixedRootFactory {
        final String folder;

        Beside(String folder) {
            super(new String[] {"file-csv/", "file/"});
            this.folder = folder;
        }

        protected Reference factory(String name, String uri) {
            File file = new File(folder, name);
            return new Reference() {
                public boolean doesBinaryExist() { return file.exists(); }
                public InputStream getStream() throws java.io.IOException { return new FileInputStream(file); }
                public String getURI() { return uri; }
                public String getLocalURI() { return file.getPath(); }
                public boolean isReadOnly() { return true; }
                public OutputStream getOutputStream() { return null; }
                public void remove() { }
                public Reference[] probeAlternativeReferences() { return new Reference[0]; }
            };
        }
    }
}
