#pragma once

/**
 * TEST_SECRET_INTERFACES:
 *
 * What of the Secret Service API 0.2 the played service answers to.
 */
#define TEST_SECRET_INTERFACES                                                           \
  "<node>"                                                                               \
  "<interface name='org.freedesktop.Secret.Service'>"                                    \
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' "              \
  "direction='in'/>"                                                                     \
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"              \
  "<method name='CreateCollection'><arg type='a{sv}' direction='in'/>"                   \
  "<arg type='s' direction='in'/><arg type='o' direction='out'/>"                        \
  "<arg type='o' direction='out'/></method>"                                             \
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"                        \
  "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"            \
  "<method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' "                 \
  "direction='out'/>"                                                                    \
  "<arg type='o' direction='out'/></method>"                                             \
  "<method name='ReadAlias'><arg type='s' direction='in'/>"                              \
  "<arg type='o' direction='out'/></method>"                                             \
  "</interface>"                                                                         \
  "<interface name='org.freedesktop.Secret.Collection'>"                                 \
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"                         \
  "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"                  \
  "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"              \
  "<property name='Locked' type='b' access='read'/>"                                     \
  "<property name='Items' type='ao' access='read'/>"                                     \
  "</interface>"                                                                         \
  "<interface name='org.freedesktop.Secret.Item'>"                                       \
  "<method name='Delete'><arg type='o' direction='out'/></method>"                       \
  "<method name='GetSecret'><arg type='o' direction='in'/>"                              \
  "<arg type='(oayays)' direction='out'/></method>"                                      \
  "<method name='SetSecret'><arg type='(oayays)' direction='in'/></method>"              \
  "<property name='Attributes' type='a{ss}' access='readwrite'/>"                        \
  "</interface>"                                                                         \
  "<interface name='org.freedesktop.Secret.Session'><method name='Close'/></interface>"  \
  "<interface name='org.freedesktop.Secret.Prompt'>"                                     \
  "<method name='Prompt'><arg type='s' direction='in'/></method>"                        \
  "<method name='Dismiss'/>"                                                             \
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"                     \
  "</interface>"                                                                         \
  "</node>"
