import type { StatusWord } from '@orderkeel/platform/contract';

/** The words of the order core, of operators, and of the outside systems that write through its API (order E, S1.51-S1.53). */
export const orderVocabulary: readonly StatusWord[] = [
  {
    code: 'order:submitted',
    meaning: 'An intent was accepted and became this order.',
    payload: 'revision, sourceSystem, orderIntentId',
    severity: 'info',
  },
  {
    code: 'order:manually_adjusted',
    meaning: 'Someone changed a line or left a note; others reconcile.',
    payload: 'revision, adjustmentId, changes (types, line ids and quantities; never free text)',
    severity: 'info',
  },
  {
    code: 'order:cancelled',
    meaning: 'The order is void; others unwind what they did for it.',
    payload: 'revision, adjustmentId',
    severity: 'info',
  },
  {
    code: 'manual:note',
    meaning: 'An operator left a note for audit.',
    payload: 'free, no personal data',
    category: 'support',
    severity: 'info',
  },
  {
    code: 'manual:hold',
    meaning: 'An operator stops the order until the entry is closed.',
    payload: 'free, no personal data',
    category: 'support',
    severity: 'blocking',
  },
  {
    code: 'manual:write_off',
    meaning: 'An operator gives up what is still open.',
    payload: 'free, no personal data',
    category: 'payment',
    severity: 'info',
  },
  {
    code: 'manual:closed',
    meaning: 'An operator closed an entry; it is resolved.',
    payload: 'reason',
    category: 'support',
    severity: 'info',
  },
  {
    code: 'crm:case_opened',
    meaning: 'A support case exists for the order.',
    payload: 'case reference',
    category: 'support',
    severity: 'info',
  },
  {
    code: 'crm:loyalty_awarded',
    meaning: 'Loyalty points were awarded for the order.',
    payload: 'points, programme',
    category: 'support',
    severity: 'info',
  },
  {
    code: 'entity:policy_snapshot',
    meaning: 'A legal entity recorded the policy that applies.',
    payload: 'policy reference',
    severity: 'info',
  },
  {
    code: 'entity:settlement',
    meaning: 'Legal entities settled the order between them.',
    payload: 'settlement reference',
    severity: 'info',
  },
];
