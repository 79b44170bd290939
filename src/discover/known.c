#include "config.h"

#include "discover/known.h"

static const BaruaService GMAIL_SERVICES[] = {
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
};

static const BaruaProvider GMAIL = {
  .id = "gmail",
  .name = "Gmail",
  .services = GMAIL_SERVICES,
  .n_services = G_N_ELEMENTS (GMAIL_SERVICES),
};

const BaruaProvider *
barua_known_gmail (void)
{
  return &GMAIL;
}

const BaruaProvider *
barua_known_provider (const char *domain)
{
  g_return_val_if_fail (domain != NULL, NULL);

  if (g_str_equal (domain, "gmail.com") || g_str_equal (domain, "googlemail.com"))
    return &GMAIL;
  return NULL;
}
