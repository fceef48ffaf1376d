export const arrange = 'arrange';
