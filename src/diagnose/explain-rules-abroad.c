#include "config.h"

#include "diagnose/word-rule.h"

#define SYSTEM (BARUA_WEIGHT_SYSTEM - 2)
#define CLIENT BARUA_WEIGHT_CLIENT
#define VAGUE BARUA_WEIGHT_VAGUE

#define MAIL_NEAR                                                                        \
  "imap~|smtp~|pop3~|mail~|e-mail~|gmail~|server~|serveur~|servidor~|xoauth2~|535~"
#define PORT_NEAR ":25|:25)|port 25|, 25|]:25|:465|port 465|, 465|:587|port 587|, 587"

#define REFUSED(words)                                                                   \
  {                                                                                      \
    "abroad-refused", "connection-refused", SYSTEM, 74, words                            \
  }
#define TIMED_OUT(words)                                                                 \
  { "abroad-timed-out-port", "port-blocked", SYSTEM + 6, 65, words, PORT_NEAR },         \
  {                                                                                      \
    "abroad-timed-out", "connection-timeout", SYSTEM, 70, words                          \
  }
#define NO_ROUTE(words)                                                                  \
  {                                                                                      \
    "abroad-no-route", "no-network", SYSTEM, 78, words                                   \
  }
#define CLOSED(words)                                                                    \
  {                                                                                      \
    "abroad-closed", "connection-closed", VAGUE + 8, 60, words                           \
  }
#define NO_NAME(words)                                                                   \
  {                                                                                      \
    "abroad-no-name", "dns-failure", SYSTEM, 80, words                                   \
  }
#define UNTRUSTED(words)                                                                 \
  {                                                                                      \
    "abroad-untrusted", "tls-untrusted", SYSTEM, 62, words                               \
  }
#define LOCKED(words)                                                                    \
  {                                                                                      \
    "abroad-locked", "keyring-locked", SYSTEM, 82, words                                 \
  }
#define NO_AUTH(words)                                                                   \
  {                                                                                      \
    "abroad-no-auth", "starttls-missing", VAGUE + 6, 58, words                           \
  }
#define PASSWORD(words)                                                                  \
  {                                                                                      \
    "abroad-password", "bad-credentials", VAGUE + 6, 55, words, MAIL_NEAR                \
  }
#define APP_PASSWORD(words)                                                              \
  {                                                                                      \
    "abroad-app-password", "app-password-required", CLIENT, 78, words, MAIL_NEAR         \
  }
#define LESS_SECURE(words)                                                               \
  {                                                                                      \
    "abroad-less-secure", "less-secure-blocked", BARUA_WEIGHT_SAID + 4, 82, words        \
  }
#define SLOW(words)                                                                      \
  {                                                                                      \
    "abroad-slow", "connection-timeout", VAGUE, 55, words, MAIL_NEAR                     \
  }

/* The first rows of each language are what its C library says for a failed connection. */
static const BaruaWordRule RULES[] = {
  /* German. */
  REFUSED ("verbindungsaufbau abgelehnt"),
  TIMED_OUT ("die wartezeit für die verbindung ist abgelaufen"),
  NO_ROUTE ("das netzwerk ist nicht erreichbar"),
  NO_ROUTE ("keine route zum zielrechner"),
  CLOSED ("die verbindung wurde vom kommunikationspartner zurückgesetzt"),
  NO_NAME ("der name oder der dienst ist nicht bekannt"),
  NO_NAME ("temporärer fehler bei der namensauflösung"),
  TIMED_OUT ("nach einer bestimmten zeitspanne nicht richtig reagiert~"),
  REFUSED ("zielcomputer die verbindung verweigerte"),
  NO_NAME ("host ist unbekannt"),
  NO_NAME ("kein solcher host bekannt~"),
  UNTRUSTED ("remotezertifikat ist*ungültig"),
  UNTRUSTED ("nicht akzeptables tls-zertifikat"),
  UNTRUSTED ("zertifikat ist nicht vertrauenswürdig"),
  LOCKED ("schlüsselbund*gesperrt"),
  NO_AUTH ("erfordert eine sichere verbindung, oder der client wurde nicht~"),
  PASSWORD ("authentifizierung*fehlgeschlagen"),
  PASSWORD ("authentifizierungsfehler"),
  PASSWORD ("anmeldung*fehlgeschlagen"),
  PASSWORD ("falsches passwort"),
  PASSWORD ("passwort*falsch"),
  PASSWORD ("passwort*ungültig"),
  PASSWORD ("benutzername oder*passwort"),
  APP_PASSWORD ("app-passwort~"),
  APP_PASSWORD ("anwendungsspezifische~*passwort~"),
  LESS_SECURE ("weniger sichere~*apps"),
  SLOW ("zeitüberschreitung~"),
  /* French. */
  REFUSED ("connexion refusée"),
  TIMED_OUT ("connexion terminée par expiration du délai dattente"),
  NO_ROUTE ("le réseau nest pas accessible"),
  NO_ROUTE ("aucun chemin daccès pour atteindre lhôte cible"),
  CLOSED ("connexion ré-initialisée par le correspondant"),
  NO_NAME ("nom ou service inconnu"),
  NO_NAME ("échec temporaire dans la résolution du nom"),
  REFUSED ("lordinateur cible la expressément refusée"),
  NO_NAME ("hôte inconnu"),
  UNTRUSTED ("certificat distant nest pas valide~"),
  UNTRUSTED ("certificat tls inacceptable"),
  LOCKED ("trousseau*verrouillé"),
  NO_AUTH ("requiert une connexion sécurisée ou le client nétait~"),
  PASSWORD ("échec de lauthentification"),
  PASSWORD ("échec dauthentification"),
  PASSWORD ("authentification a échoué"),
  PASSWORD ("lauthentification*a échoué"),
  PASSWORD ("mot de passe incorrect"),
  PASSWORD ("mot de passe*incorrect~"),
  PASSWORD ("mot de passe*invalide~"),
  APP_PASSWORD ("mot de passe dapplication"),
  LESS_SECURE ("applications moins sécurisées"),
  SLOW ("délai dattente~"),
  SLOW ("délai de connexion~"),
  /* Spanish. */
  REFUSED ("conexión rehusada"),
  TIMED_OUT ("expiró el tiempo de conexión"),
  NO_ROUTE ("la red es inaccesible"),
  NO_ROUTE ("no existe ninguna ruta hasta el host"),
  CLOSED ("conexión reinicializada por la máquina remota"),
  NO_NAME ("nombre o servicio desconocido"),
  NO_NAME ("fallo temporal en la resolución del nombre"),
  REFUSED ("denegó expresamente dicha conexión"),
  NO_NAME ("host desconocido"),
  UNTRUSTED ("certificado remoto no es válido~"),
  UNTRUSTED ("certificado tls inaceptable"),
  LOCKED ("depósito de claves*bloqueado"),
  NO_AUTH ("requiere una conexión segura o el cliente no~"),
  PASSWORD ("autenticación fallida"),
  PASSWORD ("error de autenticación"),
  PASSWORD ("fallo de autenticación"),
  PASSWORD ("falló la autenticación"),
  PASSWORD ("error al autenticar~"),
  PASSWORD ("contraseña incorrect~"),
  PASSWORD ("contraseña no válid~"),
  PASSWORD ("credenciales no válidas"),
  APP_PASSWORD ("contraseña de aplicación"),
  LESS_SECURE ("aplicaciones menos seguras"),
  LESS_SECURE ("aplicaciones poco seguras"),
  SLOW ("tiempo de espera~"),
  /* Italian. */
  REFUSED ("connessione rifiutata"),
  TIMED_OUT ("connessione scaduta"),
  NO_ROUTE ("la rete non è raggiungibile"),
  NO_ROUTE ("nessun instradamento per lhost"),
  CLOSED ("connessione interrotta dal corrispondente"),
  NO_NAME ("nome o servizio sconosciuto"),
  NO_NAME ("errore temporaneo nella risoluzione del nome"),
  UNTRUSTED ("certificato remoto non è valido~"),
  UNTRUSTED ("certificato tls inammissibile"),
  PASSWORD ("autenticazione fallita"),
  PASSWORD ("autenticazione non riuscita"),
  PASSWORD ("errore di autenticazione"),
  PASSWORD ("password errat~"),
  PASSWORD ("password non corrett~"),
  APP_PASSWORD ("password per le app"),
  APP_PASSWORD ("password specifica per~"),
  LESS_SECURE ("app meno sicure"),
  SLOW ("tempo scaduto"),
  SLOW ("timeout della connessione"),
  /* Portuguese. */
  REFUSED ("ligação recusada"),
  TIMED_OUT ("ligação expirada"),
  NO_ROUTE ("rede inacessível"),
  NO_ROUTE ("sem caminho para o anfitrião"),
  CLOSED ("ligação reposta pelo peer"),
  NO_NAME ("nome ou serviço desconhecidos"),
  NO_NAME ("falha temporária na resolução de nome"),
  /* Brazilian Portuguese. */
  REFUSED ("conexão recusada"),
  TIMED_OUT ("tempo esgotado para conexão"),
  NO_ROUTE ("a rede está fora de alcance"),
  NO_ROUTE ("não há rota para o host"),
  CLOSED ("conexão fechada pela outra ponta"),
  NO_NAME ("nome ou serviço desconhecido"),
  NO_NAME ("falha temporário na resolução de nome"),
  UNTRUSTED ("certificado remoto é inválido~"),
  PASSWORD ("falha na autenticação"),
  PASSWORD ("falha de autenticação"),
  PASSWORD ("erro de autenticação"),
  PASSWORD ("senha incorret~"),
  PASSWORD ("senha inválid~"),
  PASSWORD ("palavra-passe incorret~"),
  APP_PASSWORD ("senha de app~"),
  APP_PASSWORD ("senha de aplicativo"),
  LESS_SECURE ("apps menos seguros"),
  LESS_SECURE ("aplicativos menos seguros"),
  SLOW ("tempo limite~"),
  /* Dutch. */
  REFUSED ("verbinding is geweigerd"),
  TIMED_OUT ("verbinding is verlopen"),
  NO_ROUTE ("netwerk is onbereikbaar"),
  NO_ROUTE ("geen route naar host"),
  CLOSED ("verbinding is weggevallen"),
  NO_NAME ("naam of dienst is niet bekend"),
  NO_NAME ("tijdelijk probleem in naamsherleiding"),
  PASSWORD ("authenticatie*mislukt"),
  PASSWORD ("aanmelden*mislukt"),
  PASSWORD ("inloggen*mislukt"),
  PASSWORD ("onjuist wachtwoord"),
  PASSWORD ("wachtwoord*onjuist"),
  APP_PASSWORD ("app-wachtwoord~"),
  LESS_SECURE ("minder veilige apps"),
  /* Polish. */
  REFUSED ("połączenie odrzucone"),
  TIMED_OUT ("przekroczony czas oczekiwania na połączenie"),
  NO_ROUTE ("sieć jest niedostępna"),
  NO_ROUTE ("brak trasy do hosta"),
  CLOSED ("połączenie zerwane przez drugą stronę"),
  NO_NAME ("ta nazwa lub usługa jest nieznana"),
  NO_NAME ("odwzorowanie nazwy jest chwilowo niemożliwe"),
  PASSWORD ("uwierzytelnianie nie powiodło~"),
  PASSWORD ("uwierzytelnienie nie powiodło~"),
  PASSWORD ("błąd uwierzytelniania"),
  PASSWORD ("nieprawidłowe hasło"),
  PASSWORD ("nieprawidłowa nazwa użytkownika lub~"),
  PASSWORD ("logowanie*nie powiodło~"),
  APP_PASSWORD ("hasło do aplikacji"),
  APP_PASSWORD ("hasło aplikacji"),
  LESS_SECURE ("mniej bezpieczn~*aplikacj~"),
  SLOW ("upłynął limit czasu~"),
  SLOW ("przekroczono limit czasu~"),
  /* Russian. */
  REFUSED ("в соединении отказано"),
  TIMED_OUT ("время ожидания соединения истекло"),
  NO_ROUTE ("сеть недоступна"),
  NO_ROUTE ("нет маршрута до узла"),
  CLOSED ("соединение разорвано другой стороной"),
  NO_NAME ("неизвестное имя или служба"),
  NO_NAME ("временный сбой в разрешении имен"),
  PASSWORD ("ошибка аутентификации"),
  PASSWORD ("ошибка авторизации"),
  PASSWORD ("сбой аутентификации"),
  PASSWORD ("аутентификация не~"),
  PASSWORD ("не удалось пройти аутентификацию"),
  PASSWORD ("неверное имя пользователя~"),
  PASSWORD ("неверный пароль"),
  PASSWORD ("неверный логин~"),
  APP_PASSWORD ("пароль приложения"),
  LESS_SECURE ("небезопасн~*приложени~"),
  LESS_SECURE ("ненадежн~*приложени~"),
  SLOW ("время ожидания~"),
  NO_NAME ("неизвестный хост"),
  /* Ukrainian. */
  REFUSED ("у зєднанні відмовлено"),
  TIMED_OUT ("перевищено інтервал очікування зєднання"),
  NO_ROUTE ("не вдалося отримати доступ до мережі"),
  NO_ROUTE ("немає маршруту до вузла"),
  CLOSED ("вузол розірвав зєднання"),
  NO_NAME ("невідома назва чи сервіс"),
  NO_NAME ("тимчасова помилка розвязання назв"),
  PASSWORD ("помилка автентифікації"),
  PASSWORD ("неправильний пароль"),
  /* Swedish. */
  REFUSED ("förbindelsen förvägrad"),
  TIMED_OUT ("förbindelsens tidsgräns löpte ut"),
  NO_ROUTE ("nätverket kan inte nås"),
  NO_ROUTE ("ingen väg till värd"),
  CLOSED ("förbindelse borttagen av partnern"),
  NO_NAME ("namn eller tjänst okänd"),
  NO_NAME ("namnuppslagning misslyckades temporärt"),
  PASSWORD ("autentisering*misslyckades"),
  PASSWORD ("inloggning*misslyckades"),
  PASSWORD ("fel lösenord"),
  APP_PASSWORD ("applösenord"),
  /* Danish. */
  REFUSED ("opkobling nægtet"),
  TIMED_OUT ("opkoblingen overskred tidsgrænsen"),
  NO_ROUTE ("netværket er ikke tilgængeligt"),
  NO_ROUTE ("ingen rute til værtsmaskinen"),
  CLOSED ("forbindelsen brudt i den anden ende"),
  NO_NAME ("navn eller tjeneste ukendt"),
  NO_NAME ("midlertidig fejl i navneopslag"),
  PASSWORD ("godkendelse*mislykkedes"),
  PASSWORD ("forkert adgangskode"),
  APP_PASSWORD ("app-adgangskode"),
  /* Norwegian. */
  REFUSED ("oppkobling nektes"),
  TIMED_OUT ("oppkoblingen overskred tidsgrensen"),
  NO_ROUTE ("nettverket er ikke tilgjengelig"),
  NO_ROUTE ("ingen rute til vertsmaskinen"),
  CLOSED ("forbindelsen brutt i den andre enden"),
  NO_NAME ("navn eller tjeneste ukjent"),
  NO_NAME ("midlertidig feil i navneoppslag"),
  PASSWORD ("autentisering*mislyktes"),
  PASSWORD ("feil passord"),
  APP_PASSWORD ("app-passord"),
  /* Finnish. */
  REFUSED ("yhteys torjuttu"),
  TIMED_OUT ("yhteys aikakatkaistu"),
  NO_ROUTE ("verkkoa ei tavoiteta"),
  NO_ROUTE ("reititystä koneeseen ei ole"),
  CLOSED ("vastapää sulki yhteyden"),
  NO_NAME ("nimeä tai palvelua ei tunneta"),
  NO_NAME ("tilapäinen virhe nimenselvityksessä"),
  PASSWORD ("todennus*epäonnistui"),
  PASSWORD ("väärä salasana"),
  /* Czech. */
  REFUSED ("spojení odmítnuto"),
  TIMED_OUT ("spojení bylo příliš dlouho neaktivní"),
  NO_ROUTE ("síť není dostupná"),
  NO_ROUTE ("k počítači neexistuje cesta"),
  CLOSED ("spojení zrušeno druhou stranou"),
  NO_NAME ("neznámé jméno nebo služba"),
  NO_NAME ("dočasná chyba při vyhodnocování jména"),
  PASSWORD ("ověření*se nezdařilo"),
  PASSWORD ("přihlášení*se nezdařilo"),
  PASSWORD ("nesprávné heslo"),
  APP_PASSWORD ("heslo aplikace"),
  /* Slovak. */
  REFUSED ("spojenie odmietnuté"),
  TIMED_OUT ("časový limit pre spojenie vypršal"),
  NO_ROUTE ("sieť nie je dostupná"),
  NO_ROUTE ("cesta k počítaču neexistuje"),
  CLOSED ("spojenie zrušené druhou stranou"),
  NO_NAME ("názov alebo služba neznáme"),
  NO_NAME ("dočasná chyba pri riešení názvu"),
  /* Hungarian. */
  REFUSED ("kapcsolat elutasítva"),
  TIMED_OUT ("időtúllépés a kapcsolatban"),
  NO_ROUTE ("a hálózat elérhetetlen"),
  NO_ROUTE ("nincs útvonal a gép felé"),
  CLOSED ("a kapcsolatot bontotta a távoli fél"),
  NO_NAME ("a név vagy a szolgáltatás nem ismert"),
  NO_NAME ("átmeneti névfeloldási hiba"),
  PASSWORD ("hitelesítés*sikertelen"),
  PASSWORD ("sikertelen hitelesítés"),
  PASSWORD ("hibás jelszó"),
  /* Turkish. */
  REFUSED ("bağlantı reddedildi"),
  TIMED_OUT ("bağlantıda zaman aşımı"),
  NO_ROUTE ("ağ erişilebilir durumda değil"),
  NO_ROUTE ("makinaya ağ üzerinden yol yok"),
  CLOSED ("bağlantı karşıdan kesildi"),
  NO_NAME ("da servis bilinmiyor"),
  NO_NAME ("çözünürlüğünde geçici başarısızlık"),
  PASSWORD ("kimlik doğrulama*başarısız"),
  PASSWORD ("yanlış şifre"),
  PASSWORD ("yanlış parola"),
  APP_PASSWORD ("uygulama şifresi"),
  /* Greek. */
  REFUSED ("απόρριψη σύνδεσης"),
  TIMED_OUT ("λήξη σύνδεσης"),
  NO_ROUTE ("το δίκτυο δεν είναι προσπελάσιμο"),
  NO_ROUTE ("δεν υπάρχει διαδρομή στο σύστημα"),
  CLOSED ("η σύνδεση έκλεισε από το ταίρι"),
  NO_NAME ("το όνομα ή η υπηρεσία δεν είναι γνωστά"),
  NO_NAME ("προσωρινή αποτυχία κατά την ανάλυση ονόματος"),
  PASSWORD ("αποτυχία ελέγχου ταυτότητας"),
  PASSWORD ("λάθος κωδικός~"),
  /* Bulgarian. */
  REFUSED ("отказано свързване"),
  TIMED_OUT ("просрочена мрежова операция"),
  NO_ROUTE ("мрежата е недостъпна"),
  NO_ROUTE ("няма маршрут до компютъра"),
  CLOSED ("едностранно прекъсване на връзката от отсрещната страна"),
  NO_NAME ("не е известно името на услугата"),
  NO_NAME ("временен неуспех при определянето на име"),
  /* Catalan. */
  REFUSED ("sha refusat la connexió"),
  TIMED_OUT ("la connexió ha expirat"),
  NO_ROUTE ("la xarxa és inabastable"),
  NO_ROUTE ("no hi ha cap camí cap a lestació"),
  CLOSED ("la màquina remota ha reiniciat la connexió"),
  NO_NAME ("el nom o servei no és conegut"),
  NO_NAME ("fallada temporal a la resolució de noms"),
  /* Japanese. */
  REFUSED ("接続を拒否されました"),
  TIMED_OUT ("接続がタイムアウトしました"),
  NO_ROUTE ("ネットワークに届きません"),
  NO_ROUTE ("ホストへの経路がありません"),
  CLOSED ("接続が相手からリセットされました"),
  NO_NAME ("名前またはサービスが不明です"),
  NO_NAME ("名前解決に一時的に失敗しました"),
  PASSWORD ("認証に失敗しました"),
  PASSWORD ("認証エラー"),
  PASSWORD ("パスワードが正しくありません"),
  APP_PASSWORD ("アプリ パスワード"),
  APP_PASSWORD ("アプリパスワード"),
  LESS_SECURE ("安全性の低いアプリ"),
  /* Chinese. */
  REFUSED ("拒绝连接"),
  TIMED_OUT ("连接超时"),
  NO_ROUTE ("网络不可达"),
  NO_ROUTE ("没有到主机的路由"),
  CLOSED ("连接被对方重设"),
  NO_NAME ("未知的名称或服务"),
  NO_NAME ("域名解析暂时失败"),
  PASSWORD ("身份验证失败"),
  PASSWORD ("认证失败"),
  PASSWORD ("登录失败"),
  PASSWORD ("密码错误"),
  APP_PASSWORD ("应用专用密码"),
  LESS_SECURE ("不够安全的应用"),
  /* Korean. */
  REFUSED ("연결이 거부됨"),
  TIMED_OUT ("연결 시간 초과"),
  NO_ROUTE ("네트워크가 접근 불가능합니다"),
  NO_ROUTE ("호스트로 갈 루트가 없음"),
  CLOSED ("상대편이 연결을 끊음"),
  NO_NAME ("이름 혹은 서비스를 알 수 없습니다"),
  NO_NAME ("name resolution에서 일시적인 실패"),
  PASSWORD ("인증 실패"),
  PASSWORD ("인증에 실패~"),
  PASSWORD ("비밀번호가 잘못~"),
  APP_PASSWORD ("앱 비밀번호"),
  LESS_SECURE ("보안 수준이 낮은 앱"),
};

const BaruaWordRule *
barua_word_rules_abroad (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
