/** The account and the region of the guide. */
export const guidePlace = { account: '123456789012', region: 'eu-central-1' } as const;
