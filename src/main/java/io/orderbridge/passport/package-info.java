/** Everything about one order on one page, and one sentence: why it is stuck and who acts. */
package io.orderbridge.passport;
