;; my settings
(setq inhibit-startup-screen t)
;; zoe@gmail.com is for later
(custom-set-variables
 '(smtpmail-smtp-server "mail.example.org"))
