/** Values that every feature speaks of: money, orders, milestones. JDK only. */
package io.orderbridge.kernel;
