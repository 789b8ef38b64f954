/** Payments as the payment systems know them, compared with the order book as sets. */
package io.orderbridge.payment;
