UPDATE kit.toast_full SET n=2 WHERE id=1;
UPDATE kit.no_pk SET b='y';
