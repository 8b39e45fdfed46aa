"""第二十八条 案源共享: complaints, reports and leads, from sharing to the result. Begin with `domain.acts`."""
