/**
 * The flow board: how many orders stand where, how long they stay, how many pass in an hour, which
 * are abnormal, how late the order book hears of them. Follows the change feed; decides nothing.
 */
package io.orderbridge.board;
