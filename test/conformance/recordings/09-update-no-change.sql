UPDATE kit.trunc SET n=n WHERE id=1;
