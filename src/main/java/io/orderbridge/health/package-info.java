/** What monitoring polls: whether the process lives, is ready, and what is wrong. */
package io.orderbridge.health;
