export const up = 'only here to be imported';
