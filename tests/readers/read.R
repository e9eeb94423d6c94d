# Reads our exports with R's readers: igraph for GraphML and for the tables. Prints "same", or fails.
suppressMessages(library(igraph))
nodes <- read.csv("nodes.csv", na.strings = character(), encoding = "UTF-8", check.names = FALSE)
edges <- read.csv("edges.csv", na.strings = character(), encoding = "UTF-8", check.names = FALSE)
key <- function(s, r, t) paste(s, r, t, sep = "\r")
for (g in list(graph_from_data_frame(edges, vertices = nodes), read_graph("n.graphml", format = "graphml"))) {
  low <- function(of) { all <- of(g); names(all) <- tolower(gsub("_", "", names(all))); all }
  v <- low(vertex_attr); e <- low(edge_attr)
  stopifnot(is_directed(g), setequal(v$name, nodes$Id))
  ends <- as_edgelist(g)
  found <- match(key(ends[, 1], e$relation, ends[, 2]), key(edges$Source, edges$Relation, edges$Target))
  stopifnot(length(found) == nrow(edges), !anyNA(found), !anyDuplicated(found))
  stopifnot(all(e$sign == edges$Sign[found]), all(e$weight == edges$Weight[found]), all(e$statements == edges$Statements[found]))
  mine <- match(v$name, nodes$Id)
  stopifnot(all(v$kind == nodes$Kind[mine]), all(v$cluster == nodes$Cluster[mine]), all(v$supportin == nodes$SupportIn[mine]))
}
cat("same\n")
