export { column } from './columns.js';
export { defineContract, tableOf, topicOf, type Contract, type RowOf } from './contract.js';
export { namespaceOf, type StatusCategory, type StatusSeverity, type StatusWord } from './vocabulary.js';
