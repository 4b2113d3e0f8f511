// Encrypts a record as ODK Collect does when it is finished on a phone, with the providers of the JDK: written from the
// description of the format, and knowing nothing of Sutura.
// java Enclose.java FOLDER FORM VERSION NUMBER RECORD.xml [FILE…]: writes key.pem (a new private key), submission.xml
// (the list that the server receives) and every file as NAME.enc.

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

public class Enclose {
    static byte[] key = new byte[32];
    static byte[] vector;
    static int count = 0;

    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]);
        String form = words[1], version = words[2], number = words[3];
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String pem = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(
            folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");

        new SecureRandom().nextBytes(key);
        MessageDigest seed = MessageDigest.getInstance("MD5");
        seed.update(number.getBytes(StandardCharsets.UTF_8));
        vector = seed.digest(key);
        String wrapped = wrap(pair.getPublic(), key);
        StringBuilder signed = new StringBuilder();
        signed.append(form).append('\n').append(version).append('\n').append(wrapped).append('\n').append(number).append('\n');
        StringBuilder media = new StringBuilder();
        for (int at = 5; at < words.length; at++) {
            Path file = Path.of(words[at]);
            String name = file.getFileName().toString();
            enclose(folder, name, Files.readAllBytes(file), signed);
            media.append("<media><file>").append(name).append(".enc</file></media>");
        }
        enclose(folder, "submission.xml", Files.readAllBytes(Path.of(words[4])), signed);
        byte[] mark = MessageDigest.getInstance("MD5").digest(signed.toString().getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("submission.xml"),
            "<?xml version=\"1.0\" ?><data xmlns=\"http://www.opendatakit.org/xforms/encrypted\" id=\"" + form
            + "\" version=\"" + version + "\" encrypted=\"yes\"><base64EncryptedKey>" + wrapped
            + "</base64EncryptedKey><orx:meta xmlns:orx=\"http://openrosa.org/xforms\"><orx:instanceID>" + number
            + "</orx:instanceID></orx:meta>" + media + "<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>"
            + "<base64EncryptedElementSignature>" + wrap(pair.getPublic(), mark)
            + "</base64EncryptedElementSignature></data>");
    }

    static String wrap(PublicKey key, byte[] secret) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key,
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return Base64.getEncoder().encodeToString(cipher.doFinal(secret));
    }

    static void enclose(Path folder, String name, byte[] content, StringBuilder signed) throws Exception {
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        signed.append(name).append("::").append(md5).append('\n');
        vector[count % vector.length]++;
        count++;
        Cipher cipher = Cipher.getInstance("AES/CFB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
        Files.write(folder.resolve(name + ".enc"), cipher.doFinal(content));
    }
}
