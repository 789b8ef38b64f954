/**
 * Alerts to people: raised once, told together by cause, within the message budget of each robot,
 * worst first; acknowledged, silenced, escalated. Nothing is ever lost from the log.
 */
package io.orderbridge.alert;
