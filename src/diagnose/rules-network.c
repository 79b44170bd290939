#include "config.h"

#include "diagnose/rule.h"

#include "diagnose/facts.h"

/* How much longer than IPv4 an IPv6 connection may take, and the least it must have been
 * waited for, before its silence counts. */
#define SLOWER_FACTOR 3
#define LEAST_WAIT_MS 1000

static gboolean
web_is_there (const BaruaCase *facts)
{
  const BaruaWeb web = barua_facts_get_web (facts);

  return web == BARUA_WEB_OPEN || web == BARUA_WEB_PORTAL;
}

static void
match_no_way_out (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaSurroundings *around = facts->surroundings;

  if (around == NULL || around->route_ipv4 || around->route_ipv6 || web_is_there (facts))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaDoor door = barua_door_of (barua_facts_get (facts, i));

      if (door == BARUA_DOOR_OPEN || door > BARUA_DOOR_DROPPED)
        return;
    }

  for (guint i = 0; i < facts->evidence->len; i++)
    barua_facts_blame (findings, barua_facts_get (facts, i), "no-network", 1.0);
  if (facts->evidence->len == 0)
    g_ptr_array_add (findings,
                     barua_finding_new (barua_verdict_new ("no-network", 1.0), NULL));
}

static void
match_nothing_reachable (const BaruaCase *facts, GPtrArray *findings)
{
  guint unreachable = 0;

  if (web_is_there (facts))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaDoor door = barua_door_of (barua_facts_get (facts, i));

      if (door == BARUA_DOOR_NO_ROUTE || door == BARUA_DOOR_UNREACHABLE)
        unreachable++;
      else if (door != BARUA_DOOR_UNTRIED)
        return;
    }

  for (guint i = 0; unreachable > 0 && i < facts->evidence->len; i++)
    barua_facts_blame (findings, barua_facts_get (facts, i), "no-network", 0.8);
}

static void
match_sign_in_page (const BaruaCase *facts, GPtrArray *findings)
{
  if (barua_facts_get_web (facts) != BARUA_WEB_PORTAL || barua_facts_any_in_tls (facts))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      barua_verdict_set_name (
        barua_facts_blame (findings, evidence, "captive-portal", 0.95),
        facts->surroundings->portal);
    }
}

static void
match_names_unanswered (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_RESOLVE);

      if (step != NULL &&
          !g_error_matches (step->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        barua_verdict_set_name (
          barua_facts_blame (findings, evidence, "dns-failure", 0.9),
          evidence->service.host);
    }
}

static void
match_names_denied (const BaruaCase *facts, GPtrArray *findings)
{
  const gboolean others_found =
    facts->surroundings != NULL && facts->surroundings->name_server_answers;

  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_RESOLVE);

      if (step != NULL &&
          g_error_matches (step->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        barua_verdict_set_name (barua_facts_blame (findings, evidence, "dns-failure",
                                                   others_found ? 0.95 : 0.85),
                                evidence->service.host);
    }
}

/* Addresses that cannot be Google's. RFC 1918; RFC 4193; RFC 3927. */
static gboolean
is_local (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_is_any (address) ||
         g_inet_address_get_is_loopback (address) ||
         g_inet_address_get_is_link_local (address) ||
         g_inet_address_get_is_site_local (address) ||
         (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
          (bytes[0] & 0xfe) == 0xfc);
}

static gboolean
has_address (const BaruaEvidence *evidence, gboolean (*test) (GInetAddress *))
{
  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (test (attempt->address))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_elsewhere (GInetAddress *address)
{
  return !is_local (address);
}

static gboolean
any_elsewhere (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    if (has_address (barua_facts_get (facts, i), is_elsewhere))
      return TRUE;
  return FALSE;
}

/* A network of its own may well lead Google's names to private addresses. Only "0.0.0.0"
 * is never right; the others are judged against what the rest of Google's names gave,
 * or, for this very machine's address, against a web that is there. */
static gboolean
is_false_address (const BaruaCase *facts, const BaruaEvidence *evidence)
{
  if (evidence->attempts->len == 0 || has_address (evidence, is_elsewhere))
    return FALSE;
  if (has_address (evidence, g_inet_address_get_is_any) || any_elsewhere (facts))
    return TRUE;
  return has_address (evidence, g_inet_address_get_is_loopback) &&
         barua_facts_get_web (facts) == BARUA_WEB_OPEN;
}

static void
match_false_address (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (barua_facts_failed_at (evidence, BARUA_STAGE_CONNECT) != NULL &&
          is_false_address (facts, evidence))
        barua_verdict_set_name (
          barua_facts_blame (findings, evidence, "dns-failure", 0.85),
          evidence->service.host);
    }
}

static const BaruaAttempt *
find_attempt (const BaruaEvidence *evidence, GSocketFamily family, gboolean answered)
{
  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (g_inet_address_get_family (attempt->address) == family &&
          (attempt->outcome == BARUA_OUTCOME_OK) == answered)
        return attempt;
    }
  return NULL;
}

/* A machine without IPv6 says so at once ("network is unreachable"), and programs go on
 * over IPv4: that is no fault, unless there is a way out that leads nowhere. */
static gboolean
is_dead_beside (const BaruaCase *facts,
                const BaruaAttempt *ipv6,
                const BaruaAttempt *ipv4)
{
  switch (barua_door_of_attempt (ipv6))
    {
    case BARUA_DOOR_DROPPED:
      return ipv6->ms >= LEAST_WAIT_MS && ipv6->ms >= SLOWER_FACTOR * ipv4->ms;
    case BARUA_DOOR_REFUSED:
    case BARUA_DOOR_RESET:
    case BARUA_DOOR_UNREACHABLE:
      return TRUE;
    case BARUA_DOOR_NO_ROUTE:
      return facts->surroundings != NULL && facts->surroundings->route_ipv6;
    case BARUA_DOOR_UNTRIED:
    case BARUA_DOOR_OPEN:
    case BARUA_DOOR_CLOSED:
    case BARUA_DOOR_SILENT:
    default:
      return FALSE;
    }
}

static void
match_ipv6_dead (const BaruaCase *facts, GPtrArray *findings)
{
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new ("ipv6-broken", 0.95);
  guint n_dead = 0;

  verdict->severity = BARUA_SEVERITY_WARNING;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaAttempt *ipv4 = find_attempt (evidence, G_SOCKET_FAMILY_IPV4, TRUE);
      const BaruaAttempt *ipv6 = find_attempt (evidence, G_SOCKET_FAMILY_IPV6, FALSE);

      if (find_attempt (evidence, G_SOCKET_FAMILY_IPV6, TRUE) != NULL)
        verdict->sure = 0.6;
      else if (ipv4 != NULL && ipv6 != NULL && is_dead_beside (facts, ipv6, ipv4))
        {
          g_autofree char *line = barua_facts_dup_attempt (evidence, ipv6);

          barua_verdict_add_evidence (verdict, line);
          n_dead++;
        }
    }
  if (n_dead > 0)
    g_ptr_array_add (findings, barua_finding_new (g_steal_pointer (&verdict), NULL));
}

static GSocketFamily
get_family_used (const BaruaEvidence *evidence)
{
  const BaruaStep *connect = barua_evidence_get_step (evidence, BARUA_STAGE_CONNECT);
  g_autoptr (GInetAddress) address = NULL;

  if (connect == NULL || connect->outcome != BARUA_OUTCOME_OK || connect->detail == NULL)
    return G_SOCKET_FAMILY_INVALID;
  address = g_inet_address_new_from_string (connect->detail);
  return address == NULL ? G_SOCKET_FAMILY_INVALID : g_inet_address_get_family (address);
}

static gboolean
any_in_tls_over (const BaruaCase *facts, GSocketFamily family)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (barua_facts_is_protected (evidence) && get_family_used (evidence) == family)
        return TRUE;
    }
  return FALSE;
}

/* A server that spoke in the clear over IPv6, in few bytes, and whose certificates, in
 * many, never came. */
static gboolean
any_stalled_between (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *tls = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);

      if (tls != NULL && tls->outcome == BARUA_OUTCOME_TIMED_OUT &&
          barua_evidence_has_passed (evidence, BARUA_STAGE_STARTTLS) &&
          get_family_used (evidence) == G_SOCKET_FAMILY_IPV6)
        return TRUE;
    }
  return FALSE;
}

static guint
count_stalled (const BaruaCase *facts)
{
  guint n = 0;

  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaStep *tls =
        barua_facts_failed_at (barua_facts_get (facts, i), BARUA_STAGE_TLS);

      if (tls != NULL && tls->outcome == BARUA_OUTCOME_TIMED_OUT)
        n++;
    }
  return n;
}

/* Small packets get through, large ones do not: connections open and then stall. Where
 * nothing was seen of IPv4, something else may swallow them there, too. */
static void
match_ipv6_stalls (const BaruaCase *facts, GPtrArray *findings)
{
  gboolean compared = any_in_tls_over (facts, G_SOCKET_FAMILY_IPV4);

  if (any_in_tls_over (facts, G_SOCKET_FAMILY_IPV6) ||
      (!compared && (!any_stalled_between (facts) || count_stalled (facts) < 2)))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *failure = barua_evidence_get_failure (evidence);

      if (failure != NULL && failure->outcome == BARUA_OUTCOME_TIMED_OUT &&
          get_family_used (evidence) == G_SOCKET_FAMILY_IPV6 &&
          find_attempt (evidence, G_SOCKET_FAMILY_IPV4, TRUE) != NULL)
        barua_facts_blame (findings, evidence, "ipv6-broken", compared ? 0.75 : 0.5)
          ->severity = BARUA_SEVERITY_ERROR;
    }
}

static guint
count_doors (const BaruaCase *facts, gboolean (*test) (BaruaDoor))
{
  guint n = 0;

  for (guint i = 0; i < facts->evidence->len; i++)
    if (test (barua_door_of (barua_facts_get (facts, i))))
      n++;
  return n;
}

static gboolean
is_open (BaruaDoor door)
{
  return door == BARUA_DOOR_OPEN;
}

/* Connections that open and then lead nowhere, at every mail port at once, are a
 * firewall's too. */
static gboolean
is_mute (BaruaDoor door)
{
  return door == BARUA_DOOR_CLOSED || door == BARUA_DOOR_SILENT;
}

static void
match_every_port_shut (const BaruaCase *facts, GPtrArray *findings)
{
  const gboolean web = barua_facts_get_web (facts) == BARUA_WEB_OPEN;
  const guint n_blocked = count_doors (facts, barua_door_is_blocked);
  const guint n_mute = web ? count_doors (facts, is_mute) : 0;

  if (count_doors (facts, is_open) > 0 || n_blocked + n_mute == 0 ||
      (n_blocked + n_mute == 1 && (!web || n_mute == 1)))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaDoor door = barua_door_of (evidence);

      if (barua_door_is_blocked (door))
        barua_facts_blame (findings, evidence, "port-blocked", web ? 0.95 : 0.65);
      else if (web && is_mute (door))
        barua_facts_blame (findings, evidence, "port-blocked", 0.7);
    }
}

/* Another port of the same protocol is open: whatever else may be wrong there, this one
 * is not what keeps mail from working. */
static gboolean
has_other_door (const BaruaCase *facts, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *other = barua_facts_get (facts, i);

      if (other->service.protocol == evidence->service.protocol &&
          other->service.port != evidence->service.port &&
          is_open (barua_door_of (other)))
        return TRUE;
    }
  return FALSE;
}

static void
name_port (BaruaVerdict *verdict, const BaruaService *service)
{
  g_autofree char *name = g_strdup_printf ("%s:%u", service->host, service->port);

  barua_verdict_set_name (verdict, name);
}

static void
match_one_port_shut (const BaruaCase *facts, GPtrArray *findings)
{
  if (count_doors (facts, is_open) == 0)
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      BaruaVerdict *verdict = NULL;

      if (!barua_door_is_blocked (barua_door_of (evidence)))
        continue;
      verdict = barua_facts_blame (findings, evidence, "port-blocked", 0.95);
      name_port (verdict, &evidence->service);
      if (!has_other_door (facts, evidence))
        continue;
      verdict->severity = BARUA_SEVERITY_WARNING;
      verdict->advice = barua_facts_get_other_port (facts, evidence);
    }
}

static void
match_refused (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (barua_door_of (evidence) == BARUA_DOOR_REFUSED)
        barua_verdict_set_name (
          barua_facts_blame (findings, evidence, "connection-refused", 0.8),
          evidence->service.host);
    }
}

static void
match_timed_out (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *failure = barua_evidence_get_failure (evidence);
      const BaruaDoor door = barua_door_of (evidence);

      if (failure == NULL || failure->stage == BARUA_STAGE_RESOLVE)
        continue;
      if (failure->outcome == BARUA_OUTCOME_TIMED_OUT || door == BARUA_DOOR_DROPPED ||
          door == BARUA_DOOR_UNREACHABLE || door == BARUA_DOOR_NO_ROUTE)
        barua_verdict_set_name (
          barua_facts_blame (findings, evidence, "connection-timeout", 0.8),
          evidence->service.host);
    }
}

static void
match_closed (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *failure = barua_evidence_get_failure (evidence);

      if (failure != NULL && failure->stage > BARUA_STAGE_RESOLVE &&
          barua_facts_is_closed (failure, NULL))
        barua_facts_blame (findings, evidence, "connection-closed", 0.8);
    }
}

#define SINGLE_PORT_RULES                                                                \
  "connection-refused", "connection-timed-out", "connection-closed"

static const char *const NO_WAY_OUT_HIDES[] = { "nothing-reachable", "names-unanswered",
                                                "names-denied",      "every-port-shut",
                                                SINGLE_PORT_RULES,   NULL };
static const char *const NOTHING_REACHABLE_HIDES[] = { "names-unanswered", "names-denied",
                                                       "every-port-shut",
                                                       SINGLE_PORT_RULES, NULL };
static const char *const SIGN_IN_PAGE_HIDES[] = { "names-unanswered",
                                                  "names-denied",
                                                  "address-false",
                                                  "every-port-shut",
                                                  "one-port-shut",
                                                  SINGLE_PORT_RULES,
                                                  NULL };
static const char *const ADDRESS_FALSE_HIDES[] = { "every-port-shut", "one-port-shut",
                                                   SINGLE_PORT_RULES, NULL };
static const char *const PORT_SHUT_HIDES[] = { SINGLE_PORT_RULES, NULL };
static const char *const IPV6_STALLS_HIDES[] = { "connection-timed-out", NULL };

static const BaruaRule RULES[] = {
  { "no-way-out", "no-network", match_no_way_out, NO_WAY_OUT_HIDES },
  { "nothing-reachable", "no-network", match_nothing_reachable, NOTHING_REACHABLE_HIDES },
  { "sign-in-page", "captive-portal", match_sign_in_page, SIGN_IN_PAGE_HIDES },
  { "names-unanswered", "dns-failure", match_names_unanswered, NULL },
  { "names-denied", "dns-failure", match_names_denied, NULL },
  { "address-false", "dns-failure", match_false_address, ADDRESS_FALSE_HIDES },
  { "ipv6-dead", "ipv6-broken", match_ipv6_dead, NULL },
  { "ipv6-stalls", "ipv6-broken", match_ipv6_stalls, IPV6_STALLS_HIDES },
  { "every-port-shut", "port-blocked", match_every_port_shut, PORT_SHUT_HIDES },
  { "one-port-shut", "port-blocked", match_one_port_shut, PORT_SHUT_HIDES },
  { "connection-refused", "connection-refused", match_refused, NULL },
  { "connection-timed-out", "connection-timeout", match_timed_out, NULL },
  { "connection-closed", "connection-closed", match_closed, NULL },
};

const BaruaRule *
barua_rules_network (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
