TRUNCATE kit.trunc;
