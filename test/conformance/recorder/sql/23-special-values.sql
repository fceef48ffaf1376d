INSERT INTO kit.all_types (id,c_real,c_double) VALUES ('00000000-0000-7000-8000-000000000421','NaN','Infinity');
INSERT INTO kit.all_types (id,c_num) VALUES ('00000000-0000-7000-8000-000000000422','NaN');
INSERT INTO kit.all_types (id,c_tstz,c_ts6,c_date) VALUES ('00000000-0000-7000-8000-000000000423','infinity','-infinity','infinity');
INSERT INTO kit.all_types (id,c_tstz,c_date) VALUES ('00000000-0000-7000-8000-000000000424','0044-03-15 12:00:00+00 BC','0044-03-15 BC');
INSERT INTO kit.all_types (id,c_tstz,c_num) VALUES ('00000000-0000-7000-8000-000000000425','1899-01-01 00:00:00.000001+01','-0.05');
