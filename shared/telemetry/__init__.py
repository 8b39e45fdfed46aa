"""What a process reports of itself: its metrics, each declared once, and the traces of its requests and events. Any
package may import it; it imports no other. Begin with `metrics`.
"""
