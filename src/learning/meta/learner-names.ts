// What can be asked for, without loading what trains: that takes longer than most commands.

export const LEARNER_NAMES = ['maml', 'fomaml', 'reptile', 'prompt'] as const;
export type LearnerName = (typeof LEARNER_NAMES)[number];

/** β of min L(θ, support) + β·L(θ after adaptation, query). */
export const DEFAULT_BETA = 3;
