package io.orderbridge.notice;

import java.util.Map;

/**
 * How one vendor is told a notice.
 *
 * @param template the vendor's id of it; empty where it needs none
 * @param signature with which it signs; empty where it needs none
 * @param values by the vendor's own names, in the order of its template
 * @param max characters of values where this template allows others than usual
 */
public record VendorWords(
    String template,
    String signature,
    Map<String, TextTemplate> values,
    Map<String, Integer> max) {}
