/** Work for people: opened by policy, owned, due, closed with a reason, opened again. */
package io.orderbridge.ticket;
