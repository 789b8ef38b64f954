package io.orderbridge.notice;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code mappings/rules/notices.yaml} says.
 *
 * @param zone in which days begin and end
 * @param gates by name
 * @param retry the waits before a message is tried again that did not get through
 * @param reach of a hundred notices as many have to reach somebody, per day
 * @param policy what may be sent to whom when
 * @param personal blocks for some customers, the most important first
 * @param audit how notices are proved
 * @param carriers what customers call the carriers, by code
 */
public record NoticeRules(
    ZoneId zone,
    Map<String, Gate> gates,
    List<Duration> retry,
    int reach,
    ChannelRules policy,
    List<PersonalRule> personal,
    AuditRules audit,
    Map<String, String> carriers) {
  /** Without the file nobody is told anything. */
  public static final NoticeRules NONE =
      new NoticeRules(
          ZoneId.of("Asia/Shanghai"),
          Map.of(),
          List.of(),
          0,
          ChannelRules.NONE,
          List.of(),
          AuditRules.DEFAULT,
          Map.of());

  public NoticeRules {
    gates = new TreeMap<>(gates);
    retry = List.copyOf(retry);
    personal = personal.stream().sorted(Comparator.comparingInt(PersonalRule::priority)).toList();
  }

  Optional<Gate> gate(String name) {
    return Optional.ofNullable(gates.get(name));
  }
}
