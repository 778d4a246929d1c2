// What the page says in English, by what it says in Chinese.

export const english = new Map(Object.entries({
}));
