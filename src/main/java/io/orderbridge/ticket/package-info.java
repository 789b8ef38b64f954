/**
 * Work for people (工单): opened by policy when something is found wrong, owned, due in business
 * days, escalated when overdue, closed with a reason, opened again when it returns. Follows
 * findings; knows neither the checks nor the orders.
 */
package io.orderbridge.ticket;
