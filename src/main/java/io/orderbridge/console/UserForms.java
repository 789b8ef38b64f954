package io.orderbridge.console;

import io.orderbridge.account.UserActs;
import io.orderbridge.account.UserActs.Call;
import io.orderbridge.console.Pages.Question;
import io.orderbridge.kernel.Role;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What an owner does with users. What takes something away at once asks first. A link is shown on
 * the page that answers, once; no address leads to it.
 */
@Path("/console/users")
public class UserForms {
  private static final String LIST = "/console/users";
  private static final List<String> ASKED = List.of("roles", "reset", "lock", "end-sessions");

  private final Pages pages;
  private final Visit visit;
  private final Clock clock;
  private final UserActs users;

  UserForms(Pages pages, Visit visit, Clock clock, UserActs users) {
    this.pages = pages;
    this.visit = visit;
    this.clock = clock;
    this.users = users;
  }

  private Response act(
      String name, MultivaluedMap<String, String> form, Function<Call, Response> act) {
    return pages.act(
        Rights.USERS,
        form.getFirst("csrf"),
        () -> act.apply(Call.of(visit.actor(), name, clock.instant())));
  }

  private static Set<Role> roles(MultivaluedMap<String, String> form) {
    return UserActs.roles(form.getOrDefault("role", List.of()));
  }

  private static String page(Call call) {
    return LIST + "/" + call.name();
  }

  @POST
  @Path("/add")
  @Operation(hidden = true)
  public Response add(MultivaluedMap<String, String> form) {
    return act(
        form.getFirst("name"),
        form,
        call -> link(call, UserActs.path(users.add(call, roles(form)))));
  }

  private Response link(Call call, String path) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", Texts.say(visit.locale(), "users_link_title", call.name()));
    model.put("name", call.name());
    model.put("path", path);
    return pages.render("user-link", model);
  }

  /** Changes nothing: says what would happen to whom. */
  @POST
  @Path("/{name}/ask")
  @Operation(hidden = true)
  public Response ask(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(
        name,
        form,
        call -> {
          String act = form.getFirst("act");
          if (!ASKED.contains(act)) {
            return pages.problem(404, "problem_address");
          }
          return users
              .find(call.name())
              .map(user -> pages.ask(question(call, act, user.roles(), roles(form))))
              .orElseGet(() -> pages.problem(404, "problem_user", call.name()));
        });
  }

  private Question question(Call call, String act, Set<Role> has, Set<Role> wanted) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(say("users_name"), call.name());
    facts.put(say("users_roles"), words(has));
    Map<String, String> hidden = new LinkedHashMap<>();
    if (act.equals("roles")) {
      facts.put(say("users_roles_new"), words(wanted));
      hidden.put("roles", wanted.stream().map(Role::word).collect(Collectors.joining(" ")));
    }
    if (call.name().equals(call.by())) {
      facts.put(say("users_self"), say("users_self_say"));
    }
    return new Question(
        page(call) + "/" + act,
        say("usersask_" + act, call.name()),
        say("userstext_" + act),
        say("usersbutton_" + act),
        facts,
        hidden,
        act.equals("lock"),
        page(call));
  }

  private String words(Set<Role> roles) {
    return roles.isEmpty()
        ? say("users_no_role")
        : roles.stream()
            .map(role -> say("role_" + role.word()))
            .collect(Collectors.joining(say("users_comma")));
  }

  private String say(String key, Object... values) {
    return Texts.say(visit.locale(), key, values);
  }

  @POST
  @Path("/{name}/roles")
  @Operation(hidden = true)
  public Response setRoles(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(
        name,
        form,
        call -> {
          String wanted = form.getFirst("roles");
          // A form without them is none of ours; nobody loses all roles by a slip.
          users.setRoles(
              call,
              UserActs.roles(
                  wanted == null
                      ? null
                      : wanted.isBlank() ? List.of() : List.of(wanted.strip().split(" +"))));
          return Pages.done(leads(call), "user_roles");
        });
  }

  // Who gave the role away themselves may not look any more.
  private String leads(Call call) {
    return call.name().equals(call.by()) ? "/console" : page(call);
  }

  @POST
  @Path("/{name}/reset")
  @Operation(hidden = true)
  public Response reset(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(name, form, call -> link(call, UserActs.path(users.reset(call))));
  }

  @POST
  @Path("/{name}/lock")
  @Operation(hidden = true)
  public Response lock(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(
        name,
        form,
        call -> {
          users.lock(call, form.getFirst("reason"));
          return Pages.done(leads(call), "user_locked");
        });
  }

  @POST
  @Path("/{name}/unlock")
  @Operation(hidden = true)
  public Response unlock(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(
        name,
        form,
        call -> {
          users.unlock(call);
          return Pages.done(page(call), "user_unlocked");
        });
  }

  @POST
  @Path("/{name}/end-sessions")
  @Operation(hidden = true)
  public Response endSessions(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return act(
        name,
        form,
        call -> {
          users.endSessions(call);
          return Pages.done(leads(call), "user_sessions");
        });
  }
}
