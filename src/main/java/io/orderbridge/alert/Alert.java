package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;

/**
 * Something that a person has to learn.
 *
 * @param key raised again under the same key it changes nothing; for example {@code
 *     payment:wechat-pay:2026-11-20:final}
 * @param cause alerts of one cause may be told in one message, for example {@code stuck:PAID}
 * @param level how bad; the worst are told first
 * @param subject what it is about: {@code shop/number}, a source, a pair; may be empty
 * @param owner the person or role in charge; empty for whoever watches
 * @param text one sentence: what is wrong and what to do
 * @param count how many things it is about, at least 1
 * @param amount the money it is about; null when there is none
 * @param link path in the product where it can be looked at, beginning with {@code /}; may be empty
 */
public record Alert(
    String key,
    String cause,
    Level level,
    String subject,
    String owner,
    Wording text,
    long count,
    Money amount,
    String link) {}
