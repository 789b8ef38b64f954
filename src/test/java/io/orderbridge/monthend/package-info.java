/**
 * The case of the requirements: six platforms, a month, their files as they come, and differences
 * that were planted and have to be found, all of them and nothing else.
 */
package io.orderbridge.monthend;
