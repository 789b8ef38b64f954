/**
 * Order health (订单健康度): four metrics by fixed formulas, told per day, week or month and told anew
 * when late data comes; how near each is to its limit and where it is going; and one score a month.
 * Reads the features; changes none of them.
 */
package io.orderbridge.score;
