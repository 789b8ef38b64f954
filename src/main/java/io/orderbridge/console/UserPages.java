package io.orderbridge.console;

import io.orderbridge.account.User;
import io.orderbridge.account.UserActs;
import io.orderbridge.kernel.Role;
import io.orderbridge.passport.PassportViews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who may sign in, and with which roles. What is done to users: {@link UserForms}. */
@Path("/console/users")
public class UserPages {
  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final UserActs users;

  UserPages(Pages pages, Visit visit, PassportViews views, UserActs users) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.users = users;
  }

  @GET
  @Operation(hidden = true)
  public Response list() {
    return pages.page(
        Rights.USERS,
        () -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_users"));
          model.put("rows", users.all().stream().map(this::row).toList());
          model.put("roles", roles(Set.of()));
          return pages.render("users", model);
        });
  }

  @GET
  @Path("/{name}")
  @Operation(hidden = true)
  public Response user(@PathParam("name") String name) {
    return pages.page(
        Rights.USERS,
        () ->
            users
                .find(name)
                .map(user -> pages.render("user", model(user)))
                .orElseGet(() -> pages.problem(404, "problem_user", name)));
  }

  private Map<String, Object> model(User user) {
    Map<String, Object> model = row(user);
    model.put("title", user.name());
    model.put("roles", roles(user.roles()));
    model.put("outside", user.origin() == User.Origin.OIDC);
    model.put("self", user.name().equals(visit.actor()));
    return model;
  }

  private Map<String, Object> row(User user) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", user.name());
    row.put("words", user.roles().stream().map(this::name).toList());
    row.put("origin", Texts.say(visit.locale(), "users_" + user.origin()));
    row.put("locked", user.isLocked());
    row.put("lockedAt", views.time(user.lockedAt().orElse(null)));
    row.put("signedIn", views.time(user.signedInAt().orElse(null)));
    row.put("waits", user.origin() == User.Origin.LOCAL && user.password().isEmpty());
    return row;
  }

  private String name(Role role) {
    return Texts.say(visit.locale(), "role_" + role.word());
  }

  private List<Map<String, Object>> roles(Set<Role> has) {
    return Arrays.stream(Role.values())
        .map(
            role ->
                Map.<String, Object>of(
                    "value", role.word(), "name", name(role), "has", has.contains(role)))
        .toList();
  }
}
