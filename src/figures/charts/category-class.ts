import { categoryHue } from '../../engine/formula/category-hue.ts';

/** The class of a category's color, see categories.css. */
export const categoryClass = (category: string): string => `category-${categoryHue(category)}`;
