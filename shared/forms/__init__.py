"""What comes in over HTTP, as schemas: fields with their 中文, the frame of every act, parts that chapters share."""
