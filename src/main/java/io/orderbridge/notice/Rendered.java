package io.orderbridge.notice;

import java.util.Map;

/**
 * A message as it goes out.
 *
 * @param template the vendor's own id of it; empty where it needs none
 * @param signature with which the vendor signs it; empty where it needs none
 * @param values by the vendor's own names, in the order of the template; kept in order
 * @param version of our template
 */
public record Rendered(
    String title,
    String text,
    String link,
    String template,
    String signature,
    Map<String, String> values,
    int version) {}
