(setq inhibit-startup-screen t)
(load "~/.emacs.d/gmail-zoe.el" t) ; Gmail for zoe@gmail.com
(setq a 1)
