package io.orderbridge.notice;

import java.time.Instant;

/**
 * One notice, with the message of it that went furthest, as it stands in the export of its month.
 * Times are null until they happened, texts empty where there is none.
 *
 * @param id of the notice, the same for good
 * @param gateAt when the notice came due; by it the month is cut
 * @param cause of a notice that did not reach anybody
 * @param phoneMasked such as {@code 138****8000}
 */
public record NoticeRow(
    long id,
    String gate,
    String shop,
    String number,
    String parcel,
    Instant gateAt,
    String state,
    String channel,
    String vendor,
    Instant sentAt,
    Instant acceptedAt,
    Instant deliveredAt,
    Instant readAt,
    String cause,
    String template,
    int version,
    int tries,
    String phoneMasked) {}
