package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order of the channels of a notice, edited by its owner in a real browser. */
@ExtendWith(Product.LogOfFailure.class)
class ChannelOrderIT {
  // R55: from save to effect.
  private static final Duration EFFECT_MAX = Duration.ofSeconds(60);
  private static final String RULES = "mappings/rules/notices.yaml";
  private static final String SHIPPED_WITH = "channels: [wechat, push, sms, mail]";
  private static final String CHANGED = "channels: [sms, wechat, push, mail]";
  private static final String PHONE = "13800139055";

  private final DemoShop shop = DemoShop.open();
  private final Product product = shop.product();

  private List<String> acts() {
    return product
        .rows()
        .texts(
            "select actor || ' ' || action from audit where subject = '%s' order by id desc"
                    .formatted(RULES)
                + " limit 1");
  }

  private int refunded(String number) {
    String receiver = "{\"name\": \"王女士\", \"phone\": \"%s\"}".formatted(PHONE);
    return OpenDoor.refunded(product, "channels", "channels", number, receiver);
  }

  /** The channels by which a vendor took it, when a receipt has proved the notice of this order. */
  private List<String> goesBy(String number) {
    List<String> channels = new ArrayList<>();
    Await.until(
        "the customer is reached about " + number,
        EFFECT_MAX,
        () -> {
          channels.clear();
          for (JsonNode notice : product.json("/api/notices?limit=1000").path("notices")) {
            if (notice.at("/order/number").asText().equals(number)
                && notice.path("state").asText().equals("DELIVERED")) {
              notice
                  .path("sent")
                  .forEach(
                      sent -> {
                        if (!sent.path("acceptedAt").isNull()) {
                          channels.add(sent.path("channel").asText());
                        }
                      });
            }
          }
          return !channels.isEmpty();
        });
    return channels;
  }

  @Test
  @Tag("R55")
  void the_next_notice_goes_by_the_new_order_of_channels_and_after_one_click_by_the_old() {
    OpenDoor.addTo(product, "channels");
    product.post(
        "/api/notice-customers",
        """
        {"customer": {"phone": "%s"}, "at": "2026-11-20T10:00:00+08:00",
         "contacts": {"wechat": "demo-follower-channels"}}\
        """
            .formatted(PHONE));
    Await.until("the door", Browser.SOON, () -> refunded("CHANNEL-0") == 200);
    assertThat(goesBy("CHANNEL-0")).containsExactly("wechat");

    String before = product.written(RULES);
    String changed = before.replace(SHIPPED_WITH, CHANGED);
    assertThat(changed).isNotEqualTo(before);
    try (Browser owner = shop.browser(Role.OWNER).wide(1440).prefers("light")) {
      FilePage.write(owner.open(FilePage.LIST + RULES).language("zh"), changed);
      owner.press("button[value=try]");
      assertThat(owner.text()).contains("会被采用");
      assertThat(product.written(RULES)).as("a try changes nothing").isEqualTo(before);

      Instant saved = Instant.now();
      FilePage.release(owner, "先发短信");
      assertThat(owner.text()).contains("已生效");
      assertThat(refunded("CHANNEL-1")).isEqualTo(200);
      assertThat(goesBy("CHANNEL-1")).containsExactly("sms");
      FilePage.assertWithin(
          EFFECT_MAX, "channel order, from save to the customer's receipt", saved);
      assertThat(acts()).containsExactly("owner file.released");
      owner.open("/console/notices?order=CHANNEL-1");
      assertThat(owner.text()).contains("退款到账通知", "短信", "已送达");
      owner.shoot("notices-new-order-of-channels-zh");

      FilePage.askBack(owner.open(FilePage.LIST + RULES), RULES);
      assertThat(product.written(RULES)).as("it only asked").isEqualTo(changed);
      Instant back = Instant.now();
      FilePage.goBack(owner, "微信更省钱");
      assertThat(product.written(RULES)).isEqualTo(before);
      assertThat(refunded("CHANNEL-2")).isEqualTo(200);
      assertThat(goesBy("CHANNEL-2")).containsExactly("wechat");
      FilePage.assertWithin(EFFECT_MAX, "channel order, from taking back to the receipt", back);
      assertThat(acts()).containsExactly("owner file.rolled-back");
    }
  }
}
