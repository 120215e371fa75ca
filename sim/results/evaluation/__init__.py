"""The end-of-mission report: what the mandate reached, what held, who worked with whom, and what people say."""
