"""Small files in the shape of the two public lists, invented."""

from __future__ import annotations

import csv
import io

II_HEADINGS = (
    "dataset,source_file,event_id,date,admin1_text,lat,lon,geo_precision,adm1,adm2,adm3,perpetrator_type,"
    "perpetrator_name,weapon,description"
).split(",")
GED_HEADINGS = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
).split(",")
II_ROW = {
    "dataset": "health", "source_file": "x.json", "event_id": "1", "date": "2022-03-04", "admin1_text": "Mopti",
    "lat": "14.5", "lon": "-4.2", "geo_precision": "(2) 25 km precision", "adm1": "ML05", "adm2": "ML0506",
    "adm3": "ML050613", "perpetrator_name": "No Information", "weapon": "Firearms", "description": "A clinic was hit.",
}  # fmt: skip
GED_ROW = {
    "id": "9", "type_of_violence": "3", "dyad_name": "X - Civilians", "side_a": "X", "side_b": "Civilians",
    "source_article": 'Report "of" the day', "where_prec": "1", "where_coordinates": "Sio village",
    "where_description": "near the well", "adm_1": "Mopti region", "adm_2": "Mopti cercle", "latitude": "14.31",
    "longitude": "-4.12", "country_id": "432", "event_clarity": "1", "date_prec": "1",
    "date_start": "2022-03-04 00:00:00.000", "date_end": "2022-03-06 00:00:00.000",
    "best": "3", "high": "4", "low": "2",
}  # fmt: skip


def text(headings: list[str], rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def insecurity(*changes: dict[str, str]) -> bytes:
    """A file of Insecurity Insight: one row for each set of changes to the usual row."""
    return text(II_HEADINGS, [II_ROW | change for change in changes]).encode()


def ged(*changes: dict[str, str]) -> bytes:
    """A file of UCDP GED: one row for each set of changes to the usual row."""
    return text(GED_HEADINGS, [GED_ROW | change for change in changes]).encode()
