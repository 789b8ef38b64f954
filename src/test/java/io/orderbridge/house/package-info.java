/**
 * The rules of the house as tests: walls between packages, style, requirements, packaging. Each
 * message says what to write instead.
 */
package io.orderbridge.house;
