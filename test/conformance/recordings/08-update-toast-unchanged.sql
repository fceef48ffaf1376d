UPDATE kit.toast_default SET n=2 WHERE id=1;
