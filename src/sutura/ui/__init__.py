"""What every page looks like: components, base templates, one stylesheet, charts, the gallery that shows them.

It holds no table and knows no other app: it is the ground on which all pages stand.
"""
