// mine
user_pref("mail.smtpservers", "smtp4,smtp2");
user_pref("mailnews.wraplength", 0);
