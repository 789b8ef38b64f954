/**
 * What is not as it should be: one row per finding, opened, opened again and cleared by the check
 * that finds it. Tickets and alerts follow. Knows neither orders nor the checks.
 */
package io.orderbridge.finding;
