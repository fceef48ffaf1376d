DELETE FROM kit.no_pk;
DELETE FROM kit.toast_full;
