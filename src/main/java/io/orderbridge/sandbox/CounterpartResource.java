package io.orderbridge.sandbox;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Switches the faults of the counterparts and tells what they know, while they run. */
@Path("/sandbox/counterparts/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sandbox", description = "Counterparts with faults; only where the sandbox is on.")
public class CounterpartResource {
  private final Counterparts counterparts;
  private final boolean wanted;

  CounterpartResource(
      Counterparts counterparts,
      @ConfigProperty(name = "orderbridge.sandbox", defaultValue = "false") boolean wanted) {
    this.counterparts = counterparts;
    this.wanted = wanted;
  }

  private Counterpart counterpart(String name) {
    if (!wanted) {
      throw new NotFoundException("the sandbox is not on");
    }
    return counterparts.of(name);
  }

  @POST
  @Path("/faults")
  @Operation(
      summary = "Switch faults on",
      description = "Name and how often it happens; 0 ends it.")
  public Map<String, Integer> faults(@PathParam("name") String name, Map<String, Integer> faults) {
    counterpart(name).faults().set(faults);
    return counterpart(name).faults().left();
  }

  @GET
  @Path("/faults")
  @Operation(summary = "Faults that are on")
  public Map<String, Integer> faults(@PathParam("name") String name) {
    return counterpart(name).faults().left();
  }

  @POST
  @Path("/orders")
  @Operation(summary = "Put or change orders")
  public Map<String, Integer> orders(
      @PathParam("name") String name, List<Map<String, Object>> orders) {
    counterpart(name).put(orders);
    return Map.of("orders", counterpart(name).orders().size());
  }

  @GET
  @Path("/orders")
  @Operation(summary = "All orders it knows")
  public List<Map<String, Object>> orders(@PathParam("name") String name) {
    return counterpart(name).orders();
  }

  @POST
  @Path("/lists/{list}")
  @Operation(summary = "Add refunds, messages, shipments or scans")
  public Map<String, Integer> add(
      @PathParam("name") String name,
      @PathParam("list") String list,
      List<Map<String, Object>> entries) {
    counterpart(name).add(list, entries);
    return Map.of("added", entries.size());
  }

  @GET
  @Path("/effects")
  @Operation(
      summary = "What was done to it",
      description = "Each thing once, with how often asked.")
  public List<Map<String, Object>> effects(@PathParam("name") String name) {
    return counterpart(name).effects();
  }

  @GET
  @Path("/heard")
  @Operation(summary = "The requests it heard, as they came")
  public List<Map<String, Object>> heard(@PathParam("name") String name) {
    return counterpart(name).heard();
  }
}
