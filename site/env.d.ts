/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The post being rendered, for figure numbers and linked terms. */
    reading?: import('./log/reading.ts').Reading;
  }
}
