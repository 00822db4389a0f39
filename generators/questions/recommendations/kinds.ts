/** The kinds of recommendations, in the order in which they are shown. */
export const recommendationKinds = ['fix', 'replace', 'add', 'remove', 'resolve', 'prefer'] as const;

export type RecommendationKind = (typeof recommendationKinds)[number];
