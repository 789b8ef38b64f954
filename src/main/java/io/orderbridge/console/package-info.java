/**
 * The web console under {@code /console}: pages for people, in Chinese and English. It decides
 * nothing of its own: what it shows comes from a feature's read methods, what it does is an act of
 * a feature, audited there.
 */
package io.orderbridge.console;
