import type { Template } from './template.ts';
import * as angles from './topics/angles.ts';
import * as calculating from './topics/calculating.ts';
import * as circles from './topics/circles.ts';
import * as data from './topics/data.ts';
import * as decimals from './topics/decimals.ts';
import * as division from './topics/division.ts';
import * as equations from './topics/equations.ts';
import * as expressions from './topics/expressions.ts';
import * as factors from './topics/factors.ts';
import * as fractionForms from './topics/fraction-forms.ts';
import * as fractionOperations from './topics/fraction-operations.ts';
import * as fractionSums from './topics/fraction-sums.ts';
import * as fractions from './topics/fractions.ts';
import * as functions from './topics/functions.ts';
import * as graphs from './topics/graphs.ts';
import * as measurement from './topics/measurement.ts';
import * as multiplication from './topics/multiplication.ts';
import * as percent from './topics/percent.ts';
import * as powers from './topics/powers.ts';
import * as ratio from './topics/ratio.ts';
import * as shapes from './topics/shapes.ts';
import * as signedNumbers from './topics/signed-numbers.ts';
import * as numbers from './topics/whole-numbers.ts';

/** Templates by what they practise: ids of the starter map (resources/starter-map), and of the sample course where its skills are cut otherwise. */
const TOPICS: Readonly<Record<string, readonly Template[]>> = {
  'place-value': numbers.placeValue,
  'compare-whole-numbers': numbers.compareWholeNumbers,
  'rounding-whole-numbers': numbers.rounding,
  addition: numbers.addition,
  subtraction: numbers.subtraction,
  'addition-subtraction-problems': numbers.additionSubtractionProblems,
  estimation: numbers.estimation,
  'multiplication-meaning': multiplication.multiplicationMeaning,
  'multiplication-facts': multiplication.multiplicationFacts,
  'division-meaning': division.divisionMeaning,
  'division-facts': division.divisionFacts,
  'number-patterns': calculating.numberPatterns,
  'properties-of-operations': calculating.propertiesOfOperations,
  'multiply-one-digit': multiplication.multiplyOneDigit,
  'division-remainders': division.divisionRemainders,
  'divide-one-digit': division.divideOneDigit,
  'multi-step-problems': calculating.multiStepProblems,
  'multi-digit-multiplication': multiplication.multiDigitMultiplication,
  'long-division': division.longDivision,
  'order-of-operations': calculating.orderOfOperations,
  'factors-multiples': factors.factorsMultiples,
  'prime-numbers': factors.primeNumbers,
  'greatest-common-factor': factors.greatestCommonFactor,
  'least-common-multiple': factors.leastCommonMultiple,
  'fraction-meaning': fractions.fractionMeaning,
  'fractions-number-line': fractions.fractionsNumberLine,
  'unit-fractions': fractions.compareUnitFractions,
  'equivalent-fractions': fractions.equivalentFractions,
  'comparing-fractions': fractions.comparingFractions,
  'mixed-numbers': fractionForms.mixedNumbers,
  'simplifying-fractions': fractionForms.simplifyingFractions,
  'add-like': fractionSums.addLike,
  'like-denominators': [...fractionSums.addLike, ...fractionSums.subtractLike],
  'add-unlike': fractionSums.addUnlike,
  'subtract-unlike': fractionSums.subtractUnlike,
  'unlike-denominators': [...fractionSums.addUnlike, ...fractionSums.subtractUnlike],
  'multiplying-fractions': fractionOperations.multiplyingFractions,
  'dividing-fractions': fractionOperations.dividingFractions,
  'fraction-problems': fractionOperations.fractionProblems,
  'fraction-to-decimal': fractionForms.fractionsAsDecimals.slice(0, 1),
  'fractions-decimals': fractionForms.fractionsAsDecimals,
  'fraction-to-percent': fractionForms.fractionsAsPercentages,
  'decimal-place-value': decimals.decimalPlaceValue,
  'comparing-decimals': decimals.comparingDecimals,
  'adding-decimals': decimals.addingDecimals,
  'multiplying-decimals': decimals.multiplyingDecimals,
  'dividing-decimals': decimals.dividingDecimals,
  ratios: ratio.ratios,
  'equivalent-ratios': ratio.equivalentRatios,
  'unit-rates': ratio.unitRates,
  percent: percent.percentMeaning,
  'percent-conversions': percent.percentConversions,
  'percent-of-number': percent.percentOfNumber,
  'percent-change': percent.percentChange,
  'money-percents': percent.moneyPercents,
  'proportional-relationships': ratio.proportionalRelationships,
  proportions: ratio.proportions,
  'scale-drawings': ratio.scaleDrawings,
  'similar-figures': ratio.similarFigures,
  probability: data.probability,
  'negative-numbers': signedNumbers.negativeNumbers,
  'absolute-value': signedNumbers.absoluteValue,
  'adding-integers': signedNumbers.addingIntegers,
  'multiplying-integers': signedNumbers.multiplyingIntegers,
  'rational-numbers': signedNumbers.rationalNumbers,
  exponents: powers.exponents,
  'writing-expressions': expressions.writingExpressions,
  'evaluating-expressions': expressions.evaluatingExpressions,
  'distributive-property': expressions.distributiveProperty,
  'combining-like-terms': expressions.combiningLikeTerms,
  'one-step-equations': equations.oneStepEquations,
  'two-step-equations': equations.twoStepEquations,
  'equation-problems': equations.equationProblems,
  inequalities: equations.inequalities,
  'multi-step-equations': equations.multiStepEquations,
  'exponent-laws': powers.exponentLaws,
  'scientific-notation': powers.scientificNotation,
  roots: powers.roots,
  'coordinate-grid': functions.coordinateGrid,
  'four-quadrants': functions.fourQuadrants,
  functions: functions.functionMeaning,
  slope: functions.slope,
  'linear-functions': functions.linearFunctions,
  'linear-systems': functions.linearSystems,
  transformations: functions.transformations,
  'graphing-lines': graphs.graphingLines,
  'measuring-length': measurement.measuringLength,
  perimeter: measurement.perimeter,
  'area-rectangles': measurement.areaRectangles,
  'converting-units': measurement.convertingUnits,
  'area-triangles': measurement.areaTriangles,
  'volume-prisms': measurement.volumePrisms,
  circumference: circles.circumference,
  'area-circles': circles.areaCircles,
  'volume-cylinders': circles.volumeCylinders,
  shapes: shapes.classifyingShapes,
  angles: shapes.measuringAngles,
  lines: shapes.parallelAndPerpendicular,
  symmetry: shapes.lineSymmetry,
  'angle-relationships': angles.angleRelationships,
  'triangle-angles': angles.triangleAngles,
  'pythagorean-theorem': angles.pythagoreanTheorem,
  averages: data.averages,
  'data-spread': data.dataSpread,
  'bar-graphs': graphs.barGraphs,
  'scatter-plots': graphs.scatterPlots,
};

/** Names of the sample course's skills that the starter map does not have, and what practises them. */
export const SAMPLE_TOPICS: Readonly<Record<string, string>> = {
  'Parts of a whole': 'fraction-meaning',
  'Fractions on the number line': 'fractions-number-line',
  'Comparing unit fractions': 'unit-fractions',
  'Writing fractions in lowest terms': 'simplifying-fractions',
  'Comparing any two fractions': 'comparing-fractions',
  'Adding fractions with the same denominator': 'add-like',
  'Adding fractions with different denominators': 'add-unlike',
  'Subtracting fractions with different denominators': 'subtract-unlike',
  'Dividing by a fraction': 'dividing-fractions',
  'Fractions as decimals': 'fraction-to-decimal',
  'Fractions as percentages': 'fraction-to-percent',
  'Word problems with fractions': 'fraction-problems',
  单位分数的大小比较: 'unit-fractions',
  同分母分数加法: 'add-like',
  异分母分数加法: 'add-unlike',
  异分母分数减法: 'subtract-unlike',
  分数化小数: 'fraction-to-decimal',
  分数化百分数: 'fraction-to-percent',
};

/** Raised whenever the same draw would ask another question: sheets that were printed before cannot be made again. */
export const EDITION = 2;

/** None for a topic that is not known. */
export const templatesOf = (topic: string): readonly Template[] => (Object.hasOwn(TOPICS, topic) ? TOPICS[topic]! : []);

export const TOPIC_NAMES: readonly string[] = Object.keys(TOPICS);
