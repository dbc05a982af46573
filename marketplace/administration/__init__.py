"""The administration as a whole: its front page, and pages that mix what several rooms know."""
